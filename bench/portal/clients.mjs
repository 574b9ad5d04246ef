// Some clients of the live page in a process of their own: all read the feed as fast as it comes, but the last, which reads a
// little now and then. Prints what each heard. Usage: node clients.mjs <link> <count>
import { request } from 'node:http';

const [link, count] = process.argv.slice(2);
const { origin, pathname, search } = new URL(link);
const get = (path, headers) =>
  new Promise((resolve, reject) =>
    request(new URL(path, origin), { headers, agent: false }, resolve).on('error', reject).end(),
  );
const first = await get(pathname + search, {});
first.resume();
const cookie = first.headers['set-cookie'][0].split(';')[0];

const heard = Array.from({ length: Number(count) }, () => ({ events: 0, bytes: 0, last: '', dropped: 0 }));

const follow = async (client, isSlow) => {
  const headers = { cookie, ...(client.last === '' ? {} : { 'last-event-id': client.last }) };
  const response = await get('/api/feed', headers);
  let rest = '';
  response.setEncoding('utf8').on('data', (text) => {
    client.bytes += text.length;
    const frames = (rest + text).split('\n\n');
    rest = frames.pop();
    for (const frame of frames) {
      client.last = /^id: (.*)$/m.exec(frame)?.[1] ?? client.last;
      if (frame.includes('event: log')) client.events += frame.match(/"key":/g)?.length ?? 0;
    }
    if (!isSlow) return;
    response.pause();
    setTimeout(() => response.resume(), 400);
  });
  response.on('close', () => {
    client.dropped++;
    if (process.connected) void follow(client, isSlow).catch(() => undefined);
  });
};

await Promise.all(heard.map((client, i) => follow(client, i === heard.length - 1)));
process.send('ready');
process.on('message', () => process.send(heard, () => process.exit(0)));
