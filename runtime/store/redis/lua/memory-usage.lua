#!lua flags=no-writes
--[[
KEYS  any
ARGV  -
Returns about how many bytes of memory they take
]]
local bytes = 0
for _, key in ipairs(KEYS) do bytes = bytes + (redis.call("MEMORY", "USAGE", key) or 0) end
return bytes
