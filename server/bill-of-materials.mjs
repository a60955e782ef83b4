// The bill of materials of a bundle.
import { ComponentType } from "@cyclonedx/cyclonedx-library/Enums";
import { Bom, Component, NamedLicense, SpdxLicense } from "@cyclonedx/cyclonedx-library/Models";
import { JSON as Normalized, JsonSerializer } from "@cyclonedx/cyclonedx-library/Serialize";
import { Spec1dot6 } from "@cyclonedx/cyclonedx-library/Spec";
import { isSupportedSpdxId } from "@cyclonedx/cyclonedx-library/SPDX";

/** A CycloneDX document without the time or a number of its own, so that the same bundle has the same one. */
export function makeBillOfMaterials(packages) {
  const server = new Component(ComponentType.Application, "server", { bomRef: "server" });
  const bom = new Bom();
  bom.metadata.component = server;
  for (const { name, version, license } of packages) {
    const [group, short] = name.startsWith("@") ? name.split("/") : [undefined, name];
    const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
    const component = new Component(ComponentType.Library, short, { group, version, purl, bomRef: purl });
    component.licenses.add(isSupportedSpdxId(license) ? new SpdxLicense(license) : new NamedLicense(license));
    bom.components.add(component);
    server.dependencies.add(component.bomRef);
  }
  const serializer = new JsonSerializer(new Normalized.Normalize.Factory(Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}
