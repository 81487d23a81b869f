-- Validates what a transaction has read, and applies what it writes, or nothing.
--
-- KEYS[1] meta hash of the partition, KEYS[2] its stream; the others are named by the steps
-- ARGV[1] field of the writer's token, ARGV[2] the token
-- ARGV[3] entry of the feed, empty: validate only; ARGV[4] about how many entries the stream keeps, ARGV[5] about how
--         many bytes: of the two what is less
-- ARGV[6...] steps, each with the number of its key in KEYS, checks first:
--   r key n id*n version*n        these rows have these versions (8 bytes; empty: there is no such row)
--   k key bytes                   no member of the index begins with these bytes
--   u key bytes member            none but perhaps this one, which a later step removes; empty: none at all
--   g key begin end reverse limit ids    the scan gives these ids, 8 bytes each
--   d key id                      delete a row
--   - key member                  take out of an index
--   h key id from to              write a row: these bytes of the entry behind the version
--   + key member                  put into an index
--
-- scripts.ts puts flags before this text. Without allow-oom it is refused as a whole where Redis is out of memory, which
-- it would not be behind its first step that frees some; with it, it is for commits that only delete rows, or change
-- those of connections that have one. With no-writes it only validates.
-- Returns the position of the commit, or of the state that was validated; minus the number of the key where a check
-- has failed; nil when the writer's token is not in force.

local call = redis.call
local sub = string.sub

local meta = call("HMGET", KEYS[1], "p", "n", ARGV[1], "s")
if meta[3] ~= ARGV[2] then
  return false
end
local position = tonumber(meta[1] or "0")
local entry = ARGV[3]
local at = 6
local step = ARGV[at]

local function taken(key, bytes, but)
  local member = call("ZRANGE", key, "[" .. bytes, "+", "BYLEX", "LIMIT", 0, 1)[1]
  return member and member ~= but and sub(member, 1, #bytes) == bytes
end

while step do
  local number = tonumber(ARGV[at + 1])
  local key = KEYS[number]
  if step == "r" then
    local count = tonumber(ARGV[at + 2])
    at = at + 2
    local rows = call("HMGET", key, unpack(ARGV, at + 1, at + count))
    at = at + count
    for i = 1, count do
      local row = rows[i]
      if (row and sub(row, 1, 8) or "") ~= ARGV[at + i] then
        return -number
      end
    end
    at = at + count + 1
  elseif step == "u" then
    if taken(key, ARGV[at + 2], ARGV[at + 3]) then
      return -number
    end
    at = at + 4
  elseif step == "k" then
    if taken(key, ARGV[at + 2], "") then
      return -number
    end
    at = at + 3
  elseif step == "g" then
    local members
    if ARGV[at + 4] == "1" then
      members = call("ZRANGE", key, ARGV[at + 2], ARGV[at + 3], "BYLEX", "REV", "LIMIT", 0, ARGV[at + 5])
    else
      members = call("ZRANGE", key, ARGV[at + 2], ARGV[at + 3], "BYLEX", "LIMIT", 0, ARGV[at + 5])
    end
    local ids = ARGV[at + 6]
    if #members * 8 ~= #ids then
      return -number
    end
    for i = 1, #members do
      if sub(members[i], -8) ~= sub(ids, i * 8 - 7, i * 8) then
        return -number
      end
    end
    at = at + 7
  else
    break
  end
  step = ARGV[at]
end

if entry == "" then
  return position
end

position = position + 1
local version = struct.pack("<d", position)
while step do
  local key = KEYS[tonumber(ARGV[at + 1])]
  local id = ARGV[at + 2]
  if step == "h" then
    call("HSET", key, id, version .. sub(entry, ARGV[at + 3], ARGV[at + 4]))
    at = at + 5
  elseif step == "d" then
    call("HDEL", key, id)
    at = at + 3
  elseif step == "-" then
    call("ZREM", key, id)
    at = at + 3
  else
    call("ZADD", key, 0, id)
    at = at + 3
  end
  step = ARGV[at]
end

-- What an entry takes in memory, on the average of about the last hundred. Allocators round up.
local size = #entry * 1.25 + 100
local mean = tonumber(meta[4] or size)
mean = mean + (size - mean) / 64
local kept = math.min(tonumber(ARGV[4]), math.max(16, math.floor(tonumber(ARGV[5]) / mean)))

local text = string.format("%.0f", position)
call("HSET", KEYS[1], "p", text, "n", sub(entry, 2, 9), "s", string.format("%.1f", mean))
call("XADD", KEYS[2], "MAXLEN", "~", kept, text .. "-0", "c", (meta[2] or "\0\0\0\0\0\0\0\0") .. entry)
return position
