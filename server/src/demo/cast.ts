/** Who works in the sample's company. The first owns it; the last three serve its German customers. */
export const people = [
  { name: 'Olivia Brandt', email: 'olivia@harbour.example', role: 'owner', serves: ['shop'] },
  { name: 'Samuel Reyes', email: 'samuel@harbour.example', role: 'agent', serves: ['shop'] },
  {
    name: 'Femi Adeyemi',
    email: 'femi@harbour.example',
    role: 'admin',
    serves: ['shop', 'wholesale'],
  },
  {
    name: 'Ingrid Solberg',
    email: 'ingrid@harbour.example',
    role: 'supervisor',
    serves: ['shop', 'laden'],
  },
  {
    name: 'Tom Whitfield',
    email: 'tom@harbour.example',
    role: 'agent',
    serves: ['shop', 'wholesale'],
  },
  { name: 'Nele Petersen', email: 'nele@harbour.example', role: 'agent', serves: ['laden'] },
  { name: 'Emre Kaya', email: 'emre@harbour.example', role: 'agent', serves: ['laden'] },
  {
    name: 'Johanna Weidenfeller-Krämer',
    email: 'johanna@harbour.example',
    role: 'agent',
    serves: ['laden', 'wholesale'],
  },
] as const;

export type InboxName = (typeof people)[number]['serves'][number];

/** Where its customers write. The first is made with the workspace. */
export const inboxes: Record<InboxName, { name: string; color: string; greeting: string }> = {
  shop: {
    name: 'Harbour & Oak',
    color: '#2f52cf',
    greeting: 'Hello! Ask us about **orders, care or wood**. A person answers.',
  },
  laden: {
    name: 'Hafen & Eiche',
    color: '#15803d',
    greeting: 'Guten Tag! Fragen zu Bestellung, Pflege oder Holz? Hier antwortet ein Mensch.',
  },
  wholesale: {
    name: 'Wholesale',
    color: '#b7791f',
    greeting: 'For shops, architects and offices.',
  },
};

/** Customers by language; about one in six has left neither name nor address. */
export const customers = {
  en: 'Mira Lindqvist,Priya Raman,Gareth Owens,Chloé Martin,Liam O’Connor,Aiko Tanaka,Zanele Dube,Marta Kowalska,Ravi Iyer,Beatriz Souza,Noah Adler,Hannah Clarke,Yusuf Demir,Grace Mbeki,Oskar Nyström,Emily Hargreaves-Montgomery,Paolo Ricci,Fiona Campbell,Daniel Kim,Sofía Herrera,Ben Ashworth,Leila Haddad,Anton Petrov,Maya Cohen'.split(
    ',',
  ),
  de: 'Jonas Albrecht,Katharina Vogt,Lukas Brunner,Annika Schröder,Mehmet Yılmaz,Ulrike Hofmann,Tobias Lang,Sabine Maria von Hohenstein-Lichtenfels,Felix Krause,Birgit Jansen,Marlene Fuchs,Dieter Wolff,Jana Nowak,Ole Hansen'.split(
    ',',
  ),
} as const;

export const items = {
  en: [
    'walnut desk lamp',
    'oak stool',
    'ash shelf',
    'linen armchair',
    'birch side table',
    'cork pinboard',
  ],
  de: [
    'Schreibtischlampe Nussbaum',
    'Hocker Eiche',
    'Regal Esche',
    'Sessel Leinen',
    'Beistelltisch Birke',
  ],
} as const;

export const cities = {
  en: ['Leeds', 'Cork', 'Bristol', 'Utrecht', 'Porto', 'Gothenburg'],
  de: ['Hamburg', 'Kiel', 'Leipzig', 'Graz', 'Winterthur', 'Freiburg'],
} as const;
