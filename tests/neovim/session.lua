-- What somebody does in Neovim, and what they see. Prints a line for each: `good: …`, or what is wrong.
local asked = function(name) return vim.env["ASKED_" .. name] end
local said = {}

local function say(good, what)
  table.insert(said, (good and "good: " or "WRONG: ") .. what)
end

local function finish(code)
  io.stdout:write(table.concat(said, "\n") .. "\n")
  vim.cmd(code == 0 and "qall!" or "cquit!")
end

local function wait(what, seconds, wanted)
  local found = vim.wait(seconds * 1000, wanted, 20)
  say(found, what)
  return found
end

local function mistakes(buffer)
  return vim.diagnostic.get(buffer, { severity = vim.diagnostic.severity.ERROR }) -- and not what lint finds
end

local function session()
  local client = vim.lsp.start_client({ name = "redline", cmd = { "redline", "lsp", "--jobs", "1" }, root_dir = vim.fn.getcwd() })
  vim.cmd("edit " .. asked("CLAIMS"))
  local claims = vim.api.nvim_get_current_buf()
  vim.lsp.buf_attach_client(claims, client)
  vim.cmd("edit " .. asked("RULES"))
  local rules = vim.api.nvim_get_current_buf()
  vim.lsp.buf_attach_client(rules, client)
  wait("the server starts", 600, function()
    return vim.lsp.get_client_by_id(client) ~= nil and vim.lsp.get_client_by_id(client).initialized
  end)

  -- type: a word is broken, at its end
  local line = vim.fn.search("\\V" .. asked("WORDS"))
  say(line > 0, "the words are there")
  vim.cmd("normal! $")
  vim.cmd("normal! A and and")
  wait("the mistake is shown", 600, function() return #mistakes(rules) > 0 end)
  local found = mistakes(rules)[1]
  say(found ~= nil and found.lnum == line - 1, "it is shown on its line")
  say(found ~= nil and found.message:find("cannot stand here", 1, true) ~= nil, "it says what is wrong")

  -- undo
  vim.cmd("undo")
  wait("after an undo it is gone", 600, function() return #mistakes(rules) == 0 end)

  -- jump: to where the name is declared
  vim.fn.cursor(line, 1)
  vim.fn.search("\\V" .. asked("WORDS"), "c", line)
  vim.fn.search("\\V" .. asked("NAME"), "c", line)
  local here = vim.lsp.util.make_position_params(0, "utf-16")
  local answer = vim.lsp.buf_request_sync(rules, "textDocument/definition", here, 60000)
  local places = answer and answer[client] and answer[client].result or {}
  say(#places == 1, "the name has one declaration")
  if #places == 1 then
    vim.lsp.util.jump_to_location(places[1], "utf-16")
    local there = vim.api.nvim_get_current_line()
    say(there:find("state " .. asked("NAME"), 1, true) ~= nil, "the jump leads to it: " .. there)
  end

  -- rename: everywhere, in buffers that are open and in others
  vim.cmd("buffer " .. rules)
  local answer = vim.lsp.buf_request_sync(
    rules, "textDocument/rename", vim.tbl_extend("force", here, { newName = "renamed-it" }), 600000)
  local edit = answer and answer[client] and answer[client].result
  say(edit ~= nil and edit.changes ~= nil, "the name can be another")
  if edit and edit.changes then
    local count = 0
    for _, edits in pairs(edit.changes) do count = count + #edits end
    local most = asked("USES"):match("^up to (%d+)$")
    if most then
      say(count > 10 and count <= tonumber(most), "it is renamed " .. count .. " times")
    else
      say(count == tonumber(asked("USES")), "it is renamed " .. count .. " times")
    end
    vim.lsp.util.apply_workspace_edit(edit, "utf-16")
    vim.cmd("wall")
    wait("nothing is wrong afterwards", 600, function()
      vim.wait(1500)
      return #mistakes(nil) == 0
    end)
    say(vim.fn.system("grep -rlw renamed-it . | wc -l"):match("%d+") ~= "0", "the files have the new name")
  end

  -- what stands over the claims
  wait("verdicts stand over the claims", 600, function()
    local asking = { textDocument = { uri = vim.uri_from_bufnr(claims) } }
    local answer = vim.lsp.buf_request_sync(claims, "textDocument/codeLens", asking, 600000)
    for _, lens in ipairs(answer and answer[client] and answer[client].result or {}) do
      if lens.command.title:find("proved", 1, true) then return true end
    end
    vim.wait(200)
    return false
  end)

  vim.lsp.stop_client(client)
  wait("the server stops", 600, function() return vim.lsp.client_is_stopped(client) end)
end

local good, wrong = pcall(session)
if not good then say(false, tostring(wrong)) end
finish(good and 0 or 1)
