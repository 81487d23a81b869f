#!lua flags=no-writes,allow-stale
--[[
What a server says of itself. In a script, so that it comes from the primary of a key.

KEYS  1 any key
ARGV  -
Returns the text of INFO: sections server, memory, persistence, replication
]]
local text = ""
for _, section in ipairs({ "server", "memory", "persistence", "replication" }) do
  text = text .. redis.call("INFO", section) .. "\n"
end
return text
