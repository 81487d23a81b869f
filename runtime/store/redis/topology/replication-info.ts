/** What `INFO replication` says of one server. */
export interface ReplicationInfo {
  readonly role: "primary" | "replica";
  /** Names the history that the offset counts in; another one after each failover. */
  readonly history: string;
  /** Of a primary: all that it has written. Of a replica: what it has applied. In bytes of the history. */
  readonly offset: number;
  /** Those that a primary serves, as it sees them. */
  readonly replicas: readonly { readonly host: string; readonly port: number }[];
}

/** @returns `undefined` when the text is of no server with replication. */
export function readReplicationInfo(text: string): ReplicationInfo | undefined {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1));
  }
  const role = fields.get("role");
  const history = fields.get("master_replid");
  const offset = Number(fields.get(role === "master" ? "master_repl_offset" : "slave_repl_offset"));
  if ((role !== "master" && role !== "slave") || history === undefined || !Number.isSafeInteger(offset)) {
    return undefined;
  }
  return {
    role: role === "master" ? "primary" : "replica",
    history,
    offset,
    replicas: [...fields].flatMap(([name, value]) => (/^slave\d+$/.test(name) ? readReplica(value) : [])),
  };
}

/** `ip=127.0.0.1,port=6380,state=online,offset=…` */
function readReplica(value: string): { host: string; port: number }[] {
  const parts = new Map(value.split(",").map((part) => part.split(/=(.*)/s, 2) as [string, string]));
  const [host, port] = [parts.get("ip"), Number(parts.get("port"))];
  return host === undefined || host === "" || !(port > 0) ? [] : [{ host, port }];
}
