import type { ReactNode, Ref } from 'react';

interface ImagesSectionProps {
  readonly name: 'download' | 'table' | 'bundle' | 'unused';
  readonly title: string;
  // Set where the focus comes to the title when a button is gone with what it was for.
  readonly heading?: Ref<HTMLHeadingElement>;
  readonly children: ReactNode;
}

export function ImagesSection({ name, title, heading, children }: ImagesSectionProps) {
  const id = `images-${name}`;
  return (
    <section className="images-section" data-section={name} aria-labelledby={id}>
      <h2 id={id} ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}
