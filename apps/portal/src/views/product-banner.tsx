import type { ProductLinks } from '@squados/portal-gateway/wire';
import { useWords } from '../words/language.js';

/** The point of it all: where the finished product answers. */
export const ProductBanner = ({ product }: { readonly product: ProductLinks }) => {
  const words = useWords();
  const main = product.frontend ?? product.backend;
  return (
    <section className="product" aria-labelledby="product-title">
      <h2 id="product-title">{words.product.title}</h2>
      {main !== undefined && <code>{main}</code>}
      <span className="product-links">
        {product.health !== undefined && <Out href={product.health} text={words.product.health} />}
        {product.frontend !== undefined && product.backend !== undefined && (
          <Out href={product.backend} text={words.product.api} />
        )}
        {main !== undefined && (
          <a className="button primary" href={main} target="_blank" rel="noopener noreferrer">
            {words.product.open}
          </a>
        )}
      </span>
    </section>
  );
};

const Out = ({ href, text }: { readonly href: string; readonly text: string }) => (
  <a href={href} target="_blank" rel="noopener noreferrer">
    {text}
  </a>
);
