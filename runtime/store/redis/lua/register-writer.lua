#!lua flags=allow-oom

-- Gives a process the right to commit, or renews it: commits that are still on their way under its earlier token are
-- refused from then on.
--
-- KEYS[1] meta hash of the partition
-- ARGV[1] number of the worker
-- ARGV[2] the new token: that of the lease, then the number of the registration: 4 bytes, little-endian
-- ARGV[3] "1": the process must have the right already
-- Returns the position, or nil when the right was taken away.

local function registration(token)
  return (struct.unpack("<I4", token, #token - 3))
end

local held = redis.call("HMGET", KEYS[1], "w" .. ARGV[1], "x" .. ARGV[1], "p")
local token, fenced = held[1], held[2]
local new = ARGV[2]
local lease = string.sub(new, 1, -5)
local own = token and string.sub(token, 1, -5) == lease
if fenced == lease or (ARGV[3] == "1" and not own) then
  return false
end
-- A registration may itself have been on its way for long: it must not bring back a token that was replaced since.
-- The same token is written again: whoever waits for replicas does so for what was written on the same connection.
if not own or registration(token) <= registration(new) then
  redis.call("HSET", KEYS[1], "w" .. ARGV[1], new)
end
return tonumber(held[3] or "0")
