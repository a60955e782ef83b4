import { createHash } from "node:crypto";

import type { Clock } from "../../clock";
import { digestMismatch, imageTaken, imageUnknown, type Named, tagImmutable } from "./errors";

export interface ImageId {
  readonly imageDigest?: string;
  readonly imageTag?: string;
}

export interface Image {
  readonly digest: string;
  readonly manifest: string;
  readonly mediaType: string;
  readonly tags: Set<string>;
  /** Milliseconds since the epoch. */
  readonly pushedAt: number;
}

/** What a manifest is that does not say: https://distribution.github.io/distribution/spec/manifest-v2-2/ */
const MEDIA_TYPE = "application/vnd.docker.distribution.manifest.v2+json";

/** The images of a repository by their manifests; nobody asks for their layers. */
export class Images {
  private readonly byDigest = new Map<string, Image>();

  constructor(
    private readonly place: Named,
    private readonly clock: Clock,
  ) {}

  /** @throws AwsError ImageAlreadyExistsException, ImageTagAlreadyExistsException, ImageDigestDoesNotMatchException */
  put(manifest: string, id: ImageId, isImmutable: boolean, mediaType = MEDIA_TYPE): Image {
    const digest = `sha256:${createHash("sha256").update(manifest).digest("hex")}`;
    if (id.imageDigest !== undefined && id.imageDigest !== digest) throw digestMismatch(digest, id.imageDigest);
    const known = this.byDigest.get(digest);
    const holder = id.imageTag === undefined ? undefined : this.find({ imageTag: id.imageTag });
    if (known && (id.imageTag === undefined || holder === known)) throw imageTaken(digest, id.imageTag, this.where);
    if (holder && isImmutable) throw tagImmutable(id.imageTag, this.place.repositoryName);
    const image = known ?? { digest, manifest, mediaType, tags: new Set<string>(), pushedAt: this.clock.now() };
    this.byDigest.set(digest, image);
    if (id.imageTag !== undefined) {
      holder?.tags.delete(id.imageTag);
      image.tags.add(id.imageTag);
    }
    return image;
  }

  find({ imageDigest, imageTag }: ImageId): Image | undefined {
    const image =
      imageDigest === undefined
        ? this.all().find(({ tags }) => tags.has(imageTag ?? ""))
        : this.byDigest.get(imageDigest);
    return imageTag === undefined || image?.tags.has(imageTag) ? image : undefined;
  }

  /** @throws AwsError ImageNotFoundException */
  get(id: ImageId): Image {
    const image = this.find(id);
    if (image) return image;
    throw imageUnknown(id, this.where);
  }

  /** By a tag goes the tag, and with the last of them the image. @returns undefined where there is none */
  delete(id: ImageId): Image | undefined {
    const image = this.find(id);
    if (image && id.imageTag !== undefined && id.imageDigest === undefined) image.tags.delete(id.imageTag);
    if (image && (id.imageDigest !== undefined || image.tags.size === 0)) this.byDigest.delete(image.digest);
    return image;
  }

  all(): readonly Image[] {
    return [...this.byDigest.values()];
  }

  private get where(): string {
    return `the repository with name '${this.place.repositoryName}' in the registry with id '${this.place.registryId}'`;
  }
}
