#!lua flags=allow-oom
--[[
Frees the number of a dead worker whose reaper has done its work. What ids it may have given stays known.

KEYS  1 leases, 2 workers (see registry-join), 3 claims (see registry-beat)
ARGV  1 the dead worker's number, 2 its token
      3 the reaper's number, 4 its token
Returns 1; 0: the claim is not, or no longer, this reaper's
]]
local token = string.match(redis.call("HGET", KEYS[2], ARGV[1]) or "", "^%d+ %d+ %d (%x+)")
if token ~= ARGV[2] or redis.call("HGET", KEYS[3], ARGV[1]) ~= ARGV[3] .. " " .. ARGV[4] then return 0 end
redis.call("ZREM", KEYS[1], ARGV[1])
redis.call("HDEL", KEYS[2], ARGV[1])
redis.call("HDEL", KEYS[3], ARGV[1])
return 1
