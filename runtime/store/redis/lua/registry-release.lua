#!lua flags=allow-oom
--[[
Gives a number back.

KEYS  1 leases, 2 workers, 3 horizons (see registry-join), 4 claims (see registry-beat)
ARGV  1 own number, 2 own token
      3 ms of the newest id that was given
Returns 1; 0: the lease was lost before
]]
local token = string.match(redis.call("HGET", KEYS[2], ARGV[1]) or "", "^%d+ %d+ %d (%x+)")
if token ~= ARGV[2] or redis.call("HEXISTS", KEYS[4], ARGV[1]) == 1 then return 0 end
redis.call("ZREM", KEYS[1], ARGV[1])
redis.call("HDEL", KEYS[2], ARGV[1])
redis.call("HSET", KEYS[3], ARGV[1], ARGV[3])
return 1
