#!lua flags=allow-oom

-- Empties tables and indexes. What was read before can no longer be compared: the floor rises. The feed gets an entry
-- without changes, which wakes those who read it; it leaves a position out, so that they ask for the floor.
--
-- KEYS[1] meta hash of the partition, KEYS[2] its stream, KEYS[3...] what to empty
-- ARGV[1] field of the writer's token, ARGV[2] the token
-- ARGV[3] entry of the feed; ARGV[4] about how many entries the stream keeps
-- Returns the position of the entry; 0 when all of them were empty, and nothing was done; nil when the writer's token is
-- not in force.

local meta = redis.call("HMGET", KEYS[1], "p", "n", ARGV[1])
if meta[3] ~= ARGV[2] then
  return false
end
if redis.call("UNLINK", unpack(KEYS, 3)) == 0 then
  return 0
end
local position = tonumber(meta[1] or "0") + 2
local text = string.format("%.0f", position)
local entry = ARGV[3]
redis.call("HSET", KEYS[1], "p", text, "f", text, "n", string.sub(entry, 2, 9))
local linked = (meta[2] or "\0\0\0\0\0\0\0\0") .. entry
redis.call("XADD", KEYS[2], "MAXLEN", "~", ARGV[4], text .. "-0", "c", linked)
return position
