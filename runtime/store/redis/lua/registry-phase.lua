#!lua flags=allow-oom
--[[
Notes how far the start of an instance is.

KEYS  1 workers (see registry-join), 2 claims (see registry-beat), 3 start (see registry-start)
ARGV  1 own number, 2 own token
      3 id of the start
      4 phase: "run": volatile tables are clear; "done": the instance serves, and this worker with it
Returns 1; 0: the start is not, or no longer, this worker's
]]
local entry = redis.call("HGET", KEYS[1], ARGV[1])
local token = string.match(entry or "", "^%d+ %d+ %d (%x+)")
if token ~= ARGV[2] or redis.call("HEXISTS", KEYS[2], ARGV[1]) == 1 then return 0 end
local state = redis.call("HMGET", KEYS[3], "id", "owner")
if state[1] ~= ARGV[3] or state[2] ~= ARGV[1] .. " " .. ARGV[2] then return 0 end
redis.call("HSET", KEYS[3], "phase", ARGV[4])
if ARGV[4] == "done" then
  redis.call("HSET", KEYS[1], ARGV[1], (string.gsub(entry, "^(%d+ %d+) 0", "%1 1", 1)))
end
return 1
