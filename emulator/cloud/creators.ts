import type { Attributes, Declaration, ResourceKind } from "../../topology";

/** How the resources of each kind are created. Each service has those of its kinds. */
export type Creators = {
  [K in ResourceKind]: (declaration: Declaration<K>) => Attributes<K> | Promise<Attributes<K>>;
};
