#!lua flags=no-writes
--[[
Lists the workers that are not known to have died.

KEYS  1 leases, 2 workers (see registry-join)
ARGV  -
Returns {{number, token, ms since it was heard of, place}, …}
]]
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local reply = {}
for _, number in ipairs(redis.call("ZRANGEBYSCORE", KEYS[1], "(" .. string.format("%.0f", now), "+inf")) do
  local seen, token, place = string.match(redis.call("HGET", KEYS[2], number) or "", "^(%d+) %d+ %d (%x+) (.*)$")
  if token then reply[#reply + 1] = { tonumber(number), token, math.max(0, now - tonumber(seen)), place } end
end
return reply
