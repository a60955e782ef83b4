import { parseJson } from "../../../targets/json";
import { integer, listOf, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { invalidParameter } from "../../cloud/ecr/errors";
import type { Image, ImageId } from "../../cloud/ecr/images";
import type { Repositories, Repository } from "../../cloud/ecr/repositories";
import { pageOf } from "../../cloud/pagination";
import type { AwsJsonOperation } from "../protocols/aws-json";
import { BY_NAME, signed } from "./constraints";

const TAG = text(300, undefined, 1);
const DIGEST = text(UNBOUNDED, "[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+");
const IMAGE_ID = structure({ imageDigest: DIGEST.optional(), imageTag: TAG.optional() });
const IMAGE_IDS = listOf(IMAGE_ID, 100, 1);
const FILTER = structure({ tagStatus: oneOf(["TAGGED", "UNTAGGED", "ANY"]).optional() });
const PAGE = structure({
  filter: FILTER.optional(),
  maxResults: integer(1, 1_000).optional(),
  nextToken: text(UNBOUNDED).optional(),
});
export const LIMITS = { most: 1_000, refusal: "InvalidParameterException" } as const;

/** The operations of images, as far as they are about manifests. Constraints: botocore `ecr/2015-09-21`. */
export function imageOperations(repositories: Repositories): Record<string, AwsJsonOperation> {
  return {
    PutImage: signed(
      BY_NAME.extend({
        imageManifest: text(4_194_304, undefined, 1),
        imageManifestMediaType: text(UNBOUNDED).optional(),
        imageTag: TAG.optional(),
        imageDigest: DIGEST.optional(),
      }),
      (request) => {
        const repository = repositories.get(request.repositoryName);
        const isImmutable = repository.imageTagMutability.startsWith("IMMUTABLE");
        const { imageManifest, imageManifestMediaType } = request;
        if (parseJson(imageManifest) === undefined) throw invalidParameter("ImageManifest", "Invalid JSON syntax");
        const image = repository.images.put(imageManifest, request, isImmutable, imageManifestMediaType);
        return { image: imageShape(repository, image, request) };
      },
    ),
    DescribeImages: signed(BY_NAME.extend({ ...PAGE.shape, imageIds: IMAGE_IDS.optional() }), (request) => {
      const repository = repositories.get(request.repositoryName);
      const { images } = repository;
      const asked = request.imageIds?.map((id) => images.get(id)) ?? images.all().filter(filterOf(request.filter));
      const details = asked.map((image) => detailShape(repository, image));
      return pageOf("imageDetails", details, request, LIMITS);
    }),
    ListImages: signed(BY_NAME.extend(PAGE.shape), (request) => {
      const found = repositories.get(request.repositoryName).images.all().filter(filterOf(request.filter));
      return pageOf("imageIds", found.flatMap(idsOf), request, LIMITS);
    }),
    BatchGetImage: signed(BY_NAME.extend({ imageIds: IMAGE_IDS }), ({ repositoryName, imageIds }) => {
      const repository = repositories.get(repositoryName);
      const found = imageIds.map((id) => [id, repository.images.find(id)] as const);
      const images = found.flatMap(([id, image]) => (image ? [imageShape(repository, image, id)] : []));
      return { images, failures: found.flatMap(([id, image]) => (image ? [] : [failure(id)])) };
    }),
    BatchDeleteImage: signed(BY_NAME.extend({ imageIds: IMAGE_IDS }), ({ repositoryName, imageIds }) => {
      const { images } = repositories.get(repositoryName);
      const gone = imageIds.map((id) => [id, images.delete(id)] as const);
      return {
        imageIds: gone.flatMap(([id, image]) => (image ? [{ ...id, imageDigest: image.digest }] : [])),
        failures: gone.flatMap(([id, image]) => (image ? [] : [failure(id)])),
      };
    }),
  };
}

function filterOf({ tagStatus = "ANY" }: { readonly tagStatus?: string } = {}): (image: Image) => boolean {
  return ({ tags }) => tagStatus === "ANY" || tags.size > 0 === (tagStatus === "TAGGED");
}

function idsOf({ digest, tags }: Image): ImageId[] {
  return tags.size === 0 ? [{ imageDigest: digest }] : [...tags].map((imageTag) => ({ imageDigest: digest, imageTag }));
}

function failure(imageId: ImageId): object {
  return { imageId, failureCode: "ImageNotFound", failureReason: "Requested image not found" };
}

function imageShape({ registryId, repositoryName }: Repository, image: Image, { imageTag }: ImageId): object {
  const imageId = { imageDigest: image.digest, imageTag };
  const { manifest: imageManifest, mediaType: imageManifestMediaType } = image;
  return { registryId, repositoryName, imageId, imageManifest, imageManifestMediaType };
}

function detailShape({ registryId, repositoryName }: Repository, image: Image): object {
  return {
    registryId,
    repositoryName,
    imageDigest: image.digest,
    imageTags: image.tags.size > 0 ? [...image.tags] : undefined,
    imageSizeInBytes: Buffer.byteLength(image.manifest),
    imagePushedAt: image.pushedAt / 1_000,
    imageManifestMediaType: image.mediaType,
  };
}
