import { describeText } from "../../topology";
import { imageBuilds } from "../evidence/image-builds";
import type { Subject } from "../rule";
import type { Unchecked } from "./unchecked";

/** Programs by which a command may change what is reviewed; any, where it is not known. */
const PROGRAMS =
  /\b(aws|boto3|agentcore|terraform|tofu|cdk|sam|curl|wget|python3?|node|npx|bash|sh|pwsh|ansible-playbook)\b|\$\{|\.(sh|py|ps1)\b/;

/** Commands of provisioners, of which builds of images alone are looked at. */
export function uncheckedCommands({ system, inventory }: Subject): Unchecked[] {
  const builds = new Set(imageBuilds(system, inventory).map(({ instance }) => instance));
  return inventory.instances
    .filter((instance) => instance.provisioners.length > 0 && !builds.has(instance))
    .filter(({ provisioners }) =>
      provisioners.some((provisioner) => {
        const command = provisioner.text("command") ?? provisioner.text("script");
        return command === undefined || PROGRAMS.test(describeText(command));
      }),
    )
    .map(({ address }) => ({
      address,
      what: "what its provisioners do",
      reason: "their commands are not run, and only builds of images are looked at",
    }));
}
