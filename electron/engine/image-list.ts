// All images of an engine, with who has them, and the removal of one.
import type Docker from 'dockerode';
import type { EngineImage } from '../core/engine-port.ts';
import { fullName } from '../core/images/image-names.ts';
import { statusOf, wordsOf } from './failures.ts';
import { type ListedContainer, type ListedImage, toImageId } from './mapping.ts';

export async function listImages(docker: Docker): Promise<readonly EngineImage[]> {
  const { images, used } = await imagesAndUsers(docker);
  return images.map((image) => toEngineImage(image, used));
}

export function toEngineImage(image: ListedImage, used: ReadonlySet<string>): EngineImage {
  const id = toImageId(image.Id);
  return {
    id,
    names: namesOf(image).map(fullName),
    labels: image.Labels ?? {},
    sizeBytes: image.Size ?? 0,
    createdAt: (image.Created ?? 0) * 1000,
    isUsed: used.has(id),
  };
}

// Older engines write "<none>:<none>" where there is no name.
function namesOf(image: Pick<ListedImage, 'RepoTags' | 'RepoDigests'>): readonly string[] {
  return [...(image.RepoTags ?? []), ...(image.RepoDigests ?? [])].filter((name) => !name.includes('<none>'));
}

// Docker refuses an id that has names in several repositories, so each name goes by itself; with the last one the image
// does. noprune: what it was made of is somebody else's question.
export async function removeImage(docker: Docker, id: string): Promise<'removed' | 'in-use'> {
  const { images, used } = await imagesAndUsers(docker);
  const image = images.find((one) => toImageId(one.Id) === id);
  if (image === undefined) return 'removed';
  if (used.has(id)) return 'in-use';
  for (const name of [...namesOf(image), id]) {
    try {
      await docker.getImage(name).remove({ force: false, noprune: true });
    } catch (error) {
      // It went with another of its names.
      if (statusOf(error) === 404) continue;
      if (isInUse(error)) return 'in-use';
      throw error;
    }
  }
  return 'removed';
}

async function imagesAndUsers(docker: Docker) {
  const [images, containers] = await Promise.all([
    docker.listImages() as Promise<readonly ListedImage[]>,
    docker.listContainers({ all: true }) as Promise<readonly ListedContainer[]>,
  ]);
  const used = new Set(containers.flatMap(({ ImageID }) => (ImageID === undefined ? [] : toImageId(ImageID))));
  return { images, used };
}

function isInUse(error: unknown): boolean {
  return statusOf(error) === 409 || /in use|is being used|has dependent child/i.test(wordsOf(error));
}
