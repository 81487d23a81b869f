#!lua flags=allow-oom
--[[
Notes how far an upgrade is, or that it is over; keeps its process's turn.

KEYS  1 catalogue, 2 upgrade, 3 upgrader (see upgrade-begin)
ARGV  1 own token, 2 ms that it is this process's turn for
      3 new catalogue; empty: as it is
      4 what 2 is to be; empty: as it is; "done": gone, and the turn is over
Returns 1; 0: it is no longer this process's turn
]]
if redis.call("GET", KEYS[3]) ~= ARGV[1] then return 0 end
if ARGV[3] ~= "" then redis.call("SET", KEYS[1], ARGV[3]) end
if ARGV[4] == "done" then
  redis.call("DEL", KEYS[2], KEYS[3])
else
  if ARGV[4] ~= "" then redis.call("SET", KEYS[2], ARGV[4]) end
  redis.call("PEXPIRE", KEYS[3], ARGV[2])
end
return 1
