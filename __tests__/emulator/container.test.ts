import { SERVICE_LIMITS } from "../../emulator/cloud/limits";
import { Container } from "../../emulator/cloud/runtime/container";
import { scriptedServer } from "../support/scripted-server";

it("leaves one process, the latest, where it is restarted again before it listens", async () => {
  const lines: string[] = [];
  const container = new Container(scriptedServer(), "/mcp", {}, SERVICE_LIMITS, (line) => lines.push(line));
  await container.url();
  await Promise.all([container.restart(), container.restart()]);
  const url = await container.url();
  const ports = lines.flatMap((line) => /^listening on (\d+)$/.exec(line)?.[1] ?? []);
  const answers = await Promise.allSettled(
    ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/requests`, { method: "POST" })).status),
  );
  await container.close();
  expect(ports).toHaveLength(3);
  expect(
    ports.filter((_, index) => answers[index]?.status === "fulfilled").map((port) => `http://127.0.0.1:${port}`),
  ).toEqual([url]);
});
