#!lua flags=allow-oom

-- Takes from a process the right to commit for good: it can neither use it any more nor register for it later. Who has
-- its number since keeps the right.
--
-- KEYS[1] meta hash of the partition
-- ARGV[1] number of the worker, ARGV[2] token of its lease
-- Returns 1; 0: it did not have the right.

redis.call("HSET", KEYS[1], "x" .. ARGV[1], ARGV[2])
local token = redis.call("HGET", KEYS[1], "w" .. ARGV[1])
if not token or string.sub(token, 1, -5) ~= ARGV[2] then
  return 0
end
redis.call("HDEL", KEYS[1], "w" .. ARGV[1])
return 1
