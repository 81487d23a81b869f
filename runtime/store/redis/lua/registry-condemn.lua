#!lua flags=allow-oom
--[[
Ends the lease of a worker that was seen to die.

KEYS  1 leases, 2 workers (see registry-join)
ARGV  1 its number, 2 its token
Returns 1; 0: the number is no longer that worker's
]]
local token = string.match(redis.call("HGET", KEYS[2], ARGV[1]) or "", "^%d+ %d+ %d (%x+)")
if token ~= ARGV[2] then return 0 end
redis.call("ZADD", KEYS[1], 0, ARGV[1])
return 1
