#!lua flags=allow-oom

-- Tells where the feed of a partition stands, and begins a new history when the present one may have lost commits: when
-- another server than before keeps the data, when the newest position is one that the caller knows to be passed, or
-- when the caller has found an entry in the place of another one.
--
-- A new history goes on 2^32 positions behind everything that was ever given, and its beginning is the new floor. Of
-- several callers that find out the same thing only the first one begins it: its floor is above what the others know.
--
-- KEYS[1] meta hash of the partition, KEYS[2] its stream: while their slot moves to another node of a cluster, one may be
-- there already and the other not, and a script that names both is refused instead of finding one missing
-- ARGV[1] run id of the server; empty when it cannot be told
-- ARGV[2] the highest position that the caller has heard of, decimal; 0: none
-- ARGV[3] "1": the caller has found an entry replaced
-- Returns { position, floor, nonce of the newest entry or an empty string }

local JUMP = 4294967296

local meta = redis.call("HMGET", KEYS[1], "p", "f", "n", "r")
local position = tonumber(meta[1] or "0")
local floor = tonumber(meta[2] or "0")
local run = ARGV[1]
local known = tonumber(ARGV[2])

local moved = run ~= "" and meta[4] ~= run
if moved then
  redis.call("HSET", KEYS[1], "r", run)
end

local restarted = moved and meta[4] and position > 0
local rewritten = floor <= known and (position < known or ARGV[3] == "1")
if restarted or rewritten then
  position = math.max(position, known) + JUMP
  floor = position
  local text = string.format("%.0f", position)
  redis.call("HSET", KEYS[1], "p", text, "f", text)
end

return { position, floor, meta[3] or "" }
