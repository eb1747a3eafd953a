// Icons are files named after the service: a new service brings its own, or gets the neutral one.
const files = import.meta.glob<string>('../../resources/icons/services/*.svg', {
  eager: true,
  query: '?url',
  import: 'default',
});

const folder = '../../resources/icons/services/';
const neutral = `${folder}_neutral.svg`;

export function ServiceIcon({ id }: { readonly id: string }) {
  const address = files[`${folder}${id}.svg`] ?? files[neutral];
  // A mask takes the text's colour, so one drawing serves light, dark and forced colours.
  return <span className="service-icon" aria-hidden="true" style={{ maskImage: `url("${address}")` }} />;
}
