const ACTOR =
  /(^|[.!?;:—–-]\s+|\n[ \t]{0,8}(?:[-*][ \t]{1,4})?)(?:como(?:\s+(?:um|uma|o|a))?|as\s+(?:an?|the))\s+[^,.;:\n]{2,60}?(?:,\s*|\s+(?=i\s|we\s))(?:(?:eu\s+)?(?:quero|preciso|desejo|gostaria\s+de|posso)|(?:i|we)(?:\s+(?:want|need|would\s+like|wish|can)|['’]d\s+like))(?:\s+(?:to\s+be\s+able\s+to|to|poder|que\s+o\s+sistema))?\s+/giu;

/** A text without who wants it: `As a clerk, I want to register parcels` is about parcels, not about clerks. */
export const withoutActor = (text: string): string => text.replace(ACTOR, '$1');

const PURPOSE =
  /[,;]?\s{1,3}(?:so\s+that|so\s+(?=i\s|we\s|they\s|the\s)|in\s+order\s+to|para\s+que|a\s+fim\s+de|de\s+(?:modo|forma|maneira)\s+(?:a|que)|para\s+(?:que\s+)?(?:eu\s+|n[ãa]o\s+|melhor\s+)?(?:me\s+)?\p{L}+[aeio]r(?![\p{L}]))(?:\s.*)?$/isu;

/** A clause without what it is good for: `register books with title and author so that they are found`. */
export const withoutPurpose = (text: string): string => text.replace(PURPOSE, '');

const CONDITION =
  /[,;]?\s{1,3}(?:when|whenever|if|unless|while|before|after|until|quando|se|caso|enquanto|antes\s+de|depois\s+de|após)\s.*$/isu;

/** A clause without its condition. */
export const withoutCondition = (text: string): string => text.replace(CONDITION, '');
