#!lua
--[[
Writes rows of an upgrade and their index entries. A process that stood still, and whose turn another one has taken,
writes nothing: where it would, a server may have begun to.

KEYS  1 meta hash of the partition (see upgrade-partition), 2… hashes and sorted sets of the same partition
ARGV  1 token of the process, then for each of 2… the command, HSET or ZADD, the number of its arguments, and these
Returns 1; 0: another process has the turn
]]
if redis.call("HGET", KEYS[1], "u") ~= ARGV[1] then return 0 end
local at = 2
for i = 2, #KEYS do
  local last = at + 1 + tonumber(ARGV[at + 1])
  redis.call(ARGV[at], KEYS[i], unpack(ARGV, at + 2, last))
  at = last + 1
end
return 1
