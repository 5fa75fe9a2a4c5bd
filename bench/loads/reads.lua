-- Somebody looks at a participant of a loaded world. Arguments: key, what follows the participant in the path
-- ("-": nothing), the first and the last of those looked at.
require("report")

local headers = {}
local rest, first, last

function init(args)
  headers.authorization = "Bearer " .. args[1]
  rest, first, last = args[2] == "-" and "" or args[2], tonumber(args[3]), tonumber(args[4])
end

function request()
  local path = string.format("/v1/participants/par_%026d%s", math.random(first, last), rest)
  return wrk.format("GET", path, headers)
end
