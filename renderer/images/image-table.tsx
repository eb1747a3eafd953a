import type { ImagesView, ServiceImage } from '../../electron/core/images/images-view.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { texts } from '../texts.ts';
import { bytesWords } from '../words/bytes.ts';
import { ImageState } from './image-state.tsx';
import { ImagesSection } from './images-section.tsx';

const words = texts.images.table;
const shortDigest = 12;

export function ImageTable({ view, snapshot }: { readonly view: ImagesView; readonly snapshot: Snapshot }) {
  const { images } = view;
  const here = images.filter((image) => image.sizeBytes !== undefined && image.state !== 'foreign');
  const bytes = here.reduce((sum, image) => sum + (image.sizeBytes ?? 0), 0);
  const pulling = new Set(snapshot.services.filter(({ pull }) => pull !== undefined).map(({ id }) => id));
  return (
    <ImagesSection name="table" title={words.title}>
      <p className="aside">{texts.images.summary(here.length, images.length, bytes)}</p>
      <table className="image-table">
        <thead>
          <tr>
            <th scope="col">{words.service}</th>
            <th scope="col">{words.image}</th>
            <th scope="col">{words.state}</th>
            <th scope="col" className="image-size">
              {words.size}
            </th>
          </tr>
        </thead>
        <tbody>
          {images.map((image) => (
            <ImageRow key={image.service} image={image} isPulling={pulling.has(image.service)} />
          ))}
        </tbody>
      </table>
    </ImagesSection>
  );
}

function ImageRow({ image, isPulling }: { readonly image: ServiceImage; readonly isPulling: boolean }) {
  const { title, enabled, name, digest, sizeBytes } = image;
  const hash = digest.replace(/^sha256:/, '');
  return (
    <tr>
      <th scope="row">
        {title}
        {!enabled && <span className="image-meaning">{words.off}</span>}
      </th>
      <td>
        <span className="code">{name}</span>
        <span className="image-digest">
          <span className="code" title={digest}>
            {hash.slice(0, shortDigest)}
          </span>
          <CopyButton text={digest} what={words.digest(title)} />
        </span>
      </td>
      <td>
        <ImageState image={image} isPulling={isPulling} />
      </td>
      <td className="image-size">
        {sizeBytes === undefined ? (
          <>
            <span aria-hidden="true">–</span>
            <span className="visually-hidden">{words.noSize}</span>
          </>
        ) : (
          bytesWords(sizeBytes)
        )}
      </td>
    </tr>
  );
}
