--[[
Reads the catalogue of an instance; the first who asks writes it.

KEYS  1 catalogue: string, JSON
      2 upgrade: string, JSON: there while an upgrade is not finished
ARGV  1 the catalogue of an instance without data
Returns {"upgrade", 2} | {"catalogue", its text} | {"new", its text}: it was not there
]]
local unfinished = redis.call("GET", KEYS[2])
if unfinished then return { "upgrade", unfinished } end
local stored = redis.call("GET", KEYS[1])
if stored then return { "catalogue", stored } end
redis.call("SET", KEYS[1], ARGV[1])
return { "new", ARGV[1] }
