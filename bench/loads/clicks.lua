-- Friends open links of many advocates. Arguments: codes, separated by commas.
require("report")

local requests = {}
local headers = { ["user-agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" }

function init(args)
  for code in string.gmatch(args[1], "[^,]+") do
    requests[#requests + 1] = wrk.format("GET", "/r/" .. code, headers)
  end
end

function request()
  return requests[math.random(#requests)]
end
