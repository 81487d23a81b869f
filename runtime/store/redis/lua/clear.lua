#!lua flags=allow-oom

-- Empties tables and indexes without telling the feed. What was read before can no longer be compared: the floor rises.
--
-- KEYS[1] meta hash of the partition, KEYS[2...] what to empty
-- ARGV[1] field of the writer's token, ARGV[2] the token
-- Returns how many of them were not empty; nil when the writer's token is not in force.

if redis.call("HGET", KEYS[1], ARGV[1]) ~= ARGV[2] then
  return false
end
local gone = redis.call("UNLINK", unpack(KEYS, 2))
if gone > 0 then
  local position = tonumber(redis.call("HGET", KEYS[1], "p") or "0") + 1
  local text = string.format("%.0f", position)
  redis.call("HSET", KEYS[1], "p", text, "f", text)
end
return gone
