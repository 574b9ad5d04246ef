/** What the epic made of requirements documents is accepted against, in the documents' language. */
export const EPIC_CRITERIA = {
  en: {
    covered: 'Every functional requirement leads to cards',
    checkable: 'Every card names its requirement and can be checked',
  },
  pt: {
    covered: 'Todo requisito funcional leva a cards',
    checkable: 'Todo card nomeia seu requisito e pode ser verificado',
  },
} as const;
