import { soleReference, type System, type Text, type UserPoolClient } from "../../topology";

/** The app clients by their addresses and, where these are known, by their ids. */
export type Clients = ReadonlyMap<string, UserPoolClient>;

export function clientsOf({ userPoolClients }: System): Clients {
  return new Map(
    userPoolClients.flatMap((client) => {
      const id = client.instance.arguments.text("id");
      return [[client.address, client] as const, ...(typeof id === "string" ? [[id, client] as const] : [])];
    }),
  );
}

/** The client that a text names. */
export function clientNamed(text: Text, clients: Clients): UserPoolClient | undefined {
  return clients.get(typeof text === "string" ? text : (soleReference(text)?.address ?? ""));
}
