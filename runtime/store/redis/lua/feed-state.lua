#!lua flags=no-writes

-- Tells where the feed of a partition stands, unless rewrite-history.lua has something to write.
--
-- KEYS and ARGV as in rewrite-history.lua
-- Returns { position, floor, nonce of the newest entry or an empty string }; nil: that script is to be run instead

local meta = redis.call("HMGET", KEYS[1], "p", "f", "n", "r")
local position = tonumber(meta[1] or "0")
local floor = tonumber(meta[2] or "0")
local run = ARGV[1]
local known = tonumber(ARGV[2])

if run ~= "" and meta[4] ~= run then
  return false
end
if floor <= known and (position < known or ARGV[3] == "1") then
  return false
end
return { position, floor, meta[3] or "" }
