#!lua flags=allow-oom
--[[
Notes how far an upgrade is, or that it is over; keeps its process's turn.

KEYS  1 catalogue, 2 upgrade, 3 upgrader, 4 progress (see upgrade-begin)
ARGV  1 own token, 2 ms that it is this process's turn for
      3 new catalogue; empty: as it is
      4 what 2 is to be, and 4 is gone then; empty: as it is; "done": gone, and the turn is over;
        "left": as it is, and the turn is over
      5 what 4 is to be; empty: as it is
Returns 1; 0: it is no longer this process's turn
]]
if redis.call("GET", KEYS[3]) ~= ARGV[1] then return 0 end
if ARGV[3] ~= "" then redis.call("SET", KEYS[1], ARGV[3]) end
if ARGV[4] == "done" then
  redis.call("DEL", KEYS[2], KEYS[3], KEYS[4])
  return 1
end
if ARGV[4] == "left" then
  redis.call("DEL", KEYS[3])
  return 1
end
if ARGV[4] ~= "" then
  redis.call("SET", KEYS[2], ARGV[4])
  redis.call("DEL", KEYS[4])
end
if ARGV[5] ~= "" then redis.call("SET", KEYS[4], ARGV[5]) end
redis.call("PEXPIRE", KEYS[3], ARGV[2])
return 1
