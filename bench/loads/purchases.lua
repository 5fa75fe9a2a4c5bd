-- People buy. Arguments: key, a mark of this run, the first and the last of the buyers, rows of one request
-- (absent: one purchase per request).
require("report")

local headers = { ["content-type"] = "application/json" }
local mark, first, last, rows
local count = 0

function init(args)
  headers.authorization = "Bearer " .. args[1]
  mark, first, last, rows = args[2], tonumber(args[3]), tonumber(args[4]), tonumber(args[5])
end

local function purchase()
  count = count + 1
  return string.format(
    '{"external_id":"%s-%d","participant":"ext:u%d","amount":{"amount":200000,"currency":"INR"},"profit":{"amount":40000,"currency":"INR"}}',
    mark, count, math.random(first, last)
  )
end

function request()
  if not rows then return wrk.format("POST", "/v1/conversions", headers, purchase()) end
  local all = {}
  for row = 1, rows do all[row] = purchase() end
  return wrk.format("POST", "/v1/conversions/bulk", headers, '{"conversions":[' .. table.concat(all, ",") .. "]}")
end
