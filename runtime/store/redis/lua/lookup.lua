-- Finds the row with a whole key of an index. No key is the beginning of another one, so the first member from the key
-- on either begins with it or shows that nobody has it.
--
-- KEYS[1] the index, KEYS[2] the rows, KEYS[3] meta hash of the partition
-- ARGV[1] the key
-- Returns id and stored row as one string, or the position of the state in which no row has the key.

local key = ARGV[1]
local member = redis.call("ZRANGE", KEYS[1], "[" .. key, "+", "BYLEX", "LIMIT", 0, 1)[1]
if member and string.sub(member, 1, #key) == key then
  local id = string.sub(member, -8)
  local row = redis.call("HGET", KEYS[2], id)
  if not row then
    return redis.error_reply("CORRUPT " .. KEYS[1] .. " names a row that does not exist")
  end
  return id .. row
end
return tonumber(redis.call("HGET", KEYS[3], "p") or "0")
