"""LibreOffice without a window: it accepts or rejects the changes of a file, or prints it."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MODULE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script"
  script:name="Changes" script:language="StarBasic">
Sub Settle(source As String, target As String, order As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  helper.executeDispatch(document.CurrentController.Frame, order, "", 0, Array())
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, filter())
  document.close(True)
End Sub
</script:module>
"""


@dataclass(frozen=True)
class Office:
    """LibreOffice with a profile of its own, which is made when it is first used."""

    profile: Path

    def settled(self, file: Path, target: Path, order: str) -> Path:
        """Accept or reject all changes of a file, and save what is left as a Word file."""
        self._run("--terminate_after_init")
        library = self.profile / "user/basic/Standard"
        (library / "Changes.xba").write_text(_MODULE, encoding="utf-8")
        listed = (library / "script.xlb").read_text(encoding="utf-8").replace('"Module1"', '"Changes"')
        (library / "script.xlb").write_text(listed, encoding="utf-8")
        words = ", ".join(
            f'"{each}"' for each in (file.as_uri(), target.as_uri(), f".uno:{order}AllTrackedChanges")
        )
        self._run(f"macro:///Standard.Changes.Settle({words})")
        return target

    def printed(self, file: Path, folder: Path) -> Path:
        """Make a PDF of a file."""
        self._run("--convert-to", "pdf", "--outdir", str(folder), str(file))
        return folder / f"{file.stem}.pdf"

    def _run(self, *words: str) -> None:
        command = [
            "soffice",
            "--headless",
            "--norestore",
            f"-env:UserInstallation={self.profile.as_uri()}",
            *words,
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
