-- Reads a range of an index and its rows, all of one state.
--
-- KEYS[1] the index, KEYS[2] the rows, KEYS[3] meta hash of the partition
-- ARGV[1] where to begin, ARGV[2] where to end: as ZRANGE BYLEX takes them
-- ARGV[3] "1": from the greatest to the least, ARGV[4] the most rows, -1: all
-- Returns { position, all ids as one string, row, row, ... } in the order of the scan.

local page = 1000

local members
if ARGV[3] == "1" then
  members = redis.call("ZRANGE", KEYS[1], ARGV[1], ARGV[2], "BYLEX", "REV", "LIMIT", 0, ARGV[4])
else
  members = redis.call("ZRANGE", KEYS[1], ARGV[1], ARGV[2], "BYLEX", "LIMIT", 0, ARGV[4])
end

local ids = {}
for i = 1, #members do
  ids[i] = string.sub(members[i], -8)
end

local result = { tonumber(redis.call("HGET", KEYS[3], "p") or "0"), table.concat(ids) }
for from = 1, #ids, page do
  local rows = redis.call("HMGET", KEYS[2], unpack(ids, from, math.min(from + page - 1, #ids)))
  for i = 1, #rows do
    if not rows[i] then
      return redis.error_reply("CORRUPT " .. KEYS[1] .. " names a row that does not exist")
    end
    result[from + i + 1] = rows[i]
  end
end
return result
