#!lua flags=allow-oom

-- Gives a process the right to commit, or renews it: commits that are still on their way under its earlier token are
-- refused from then on.
--
-- KEYS[1] meta hash of the partition
-- ARGV[1] field of the writer's token, ARGV[2] the new token
-- ARGV[3] how the token in force must begin; empty: there need not be one
-- Returns the position, or nil when the right was taken away.

local token = redis.call("HGET", KEYS[1], ARGV[1])
local lease = ARGV[3]
if lease ~= "" and (not token or string.sub(token, 1, #lease) ~= lease) then
  return false
end
redis.call("HSET", KEYS[1], ARGV[1], ARGV[2])
return tonumber(redis.call("HGET", KEYS[1], "p") or "0")
