#!lua flags=allow-oom
--[[
Shuts all processes but the one that upgrades out of a partition, and raises its floor: what was read before cannot be
compared any more.

KEYS  1 meta hash of the partition
ARGV  1 token of the process that may write rows now (see upgrade-write); empty: nobody may any more, and the floor stays
Returns its position
]]
if ARGV[1] == "" then
  redis.call("HDEL", KEYS[1], "u")
  return redis.call("HGET", KEYS[1], "p") or "0"
end
for _, field in ipairs(redis.call("HKEYS", KEYS[1])) do
  if string.match(field, "^w%d+$") then redis.call("HDEL", KEYS[1], field) end
end
local position = tonumber(redis.call("HGET", KEYS[1], "p") or "0") + 1
local text = string.format("%.0f", position)
redis.call("HSET", KEYS[1], "p", text, "f", text, "u", ARGV[1])
return text
