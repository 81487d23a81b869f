#!lua flags=no-writes
--[[
Reads what is known of the data of an instance.

KEYS  1 catalogue, 2 upgrade (see upgrade-begin)
ARGV  -
Returns {catalogue or "", upgrade or ""}
]]
return { redis.call("GET", KEYS[1]) or "", redis.call("GET", KEYS[2]) or "" }
