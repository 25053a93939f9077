"""What tests of several packages share: places, laws and claims, results and evidence made by hand."""
