-- Friends sign up with an advocate's code. Arguments: key, a mark of this run, codes separated by commas.
require("report")

local headers = { ["content-type"] = "application/json" }
local codes = {}
local mark
local count = 0

function init(args)
  headers.authorization = "Bearer " .. args[1]
  mark = args[2]
  for code in string.gmatch(args[3], "[^,]+") do codes[#codes + 1] = code end
end

function request()
  count = count + 1
  local body = string.format(
    '{"external_id":"%s-%d","email":"%s-%d@example.com","name":"Person %d","referral":{"code":"%s"}}',
    mark, count, mark, count, count, codes[math.random(#codes)]
  )
  return wrk.format("POST", "/v1/participants", headers, body)
end
