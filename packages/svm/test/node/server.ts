// HTTP servers of every temper, and a proxy, on this machine.
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll } from 'vitest';

const running: { readonly server: Server; readonly sockets: Set<Socket> }[] = [];

const listen = (server: Server): Promise<string> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  running.push({ server, sockets });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
};

afterAll(() => {
  for (const { server, sockets } of running) {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
});

/** A server; its base URL. */
export const serve = (handler: RequestListener): Promise<string> => listen(createServer(handler));

/** A proxy that tunnels and forwards, whatever the name asked for, to one server. Notes what was asked. */
export const proxyTo = async (
  target: string,
): Promise<{ readonly url: string; readonly asked: string[] }> => {
  const asked: string[] = [];
  const { hostname, port } = new URL(target);
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const path = new URL(request.url ?? '/', target).pathname;
    void fetch(`${target}${path}`).then(async (answer) => {
      response.writeHead(answer.status);
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  server.on('connect', (request, socket: Socket, head: Buffer) => {
    asked.push(`CONNECT ${request.url}`);
    const upstream = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  return { url: await listen(server), asked };
};

/** Base URL at which nobody listens. */
export const nobody = async (): Promise<string> => {
  const server = createServer();
  const url = await listen(server);
  await new Promise((done) => server.close(done));
  return url;
};
