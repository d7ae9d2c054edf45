/** Tells a process where its account answers, and with that the only place that it reaches. */
export type Reach = (endpoint: string) => void

/**
 * Runs in a function's process, as text: it may name nothing outside itself but globals. Replaces what leads to other
 * places than the account: connections, names, datagrams, listening, signals to other processes. It is a seat belt for
 * code that does not know that it is not in Lambda, and no wall: the code runs beside it and could get around it.
 */
export function fastenSeatBelt(): Reach {
  const net = process.getBuiltinModule('node:net')
  const dns = process.getBuiltinModule('node:dns')
  const datagrams = process.getBuiltinModule('node:dgram')
  const here = ['127.0.0.1', 'localhost', '::1']
  let port = 0

  const refusal = (what: string) =>
    Object.assign(
      new Error(`A function of the embedded account may not ${what}: it reaches its account alone.`),
      {
        code: 'ERR_ACCESS_DENIED',
      },
    )
  const replace = (owner: object, name: string, value: unknown) =>
    Object.defineProperty(owner, name, {value, enumerable: true, configurable: false, writable: false})
  const refuse = (owner: object, name: string, what: string) =>
    replace(owner, name, () => {
      throw refusal(what)
    })
  const isAccount = (host: unknown, at: unknown) => here.includes(String(host)) && Number(at) === port

  type Options = {host?: unknown; port?: unknown; path?: unknown}
  /** Of `connect(options)`, `connect(port, host)`, `connect(path)`, and of the array into which Node.js makes them. */
  const optionsOf = ([first, second]: readonly unknown[]): Options => {
    if (Array.isArray(first)) return optionsOf(first)
    if (typeof first === 'object' && first !== null) return first
    if (typeof first === 'string' && !/^\d+$/.test(first)) return {path: first}
    return {port: first, host: typeof second === 'string' ? second : undefined}
  }
  const connect = net.Socket.prototype.connect as (...input: unknown[]) => unknown
  replace(net.Socket.prototype, 'connect', function (this: import('node:net').Socket, ...input: unknown[]) {
    const {host = 'localhost', port: at, path} = optionsOf(input)
    if (path == null && isAccount(host, at)) return connect.apply(this, input)
    const place = path == null ? `${host}:${at}` : String(path)
    process.nextTick(() => this.destroy(refusal(`connect to ${place}`)))
    return this
  })

  const request = globalThis.fetch
  replace(globalThis, 'fetch', async (...[input, init]: Parameters<typeof fetch>) => {
    const {hostname, port: at, protocol} = new URL(input instanceof Request ? input.url : input)
    // The reason is in the error itself here, and not hidden in its cause.
    const isWeb = protocol === 'http:' || protocol === 'https:'
    const place = `${hostname}:${at || (protocol === 'https:' ? 443 : 80)}`
    if (isWeb && !isAccount(hostname.replace(/^\[|\]$/g, ''), at || 80)) throw refusal(`connect to ${place}`)
    return request(input, init)
  })

  const lookUp = dns.lookup as (...input: unknown[]) => unknown
  const lookUpLater = dns.promises.lookup as (...input: unknown[]) => unknown
  const isKnown = (name: unknown) => here.includes(String(name)) || net.isIP(String(name)) !== 0
  const ask = /^(resolve|reverse|lookupService)/
  const owners = [dns, dns.Resolver.prototype, dns.promises, dns.promises.Resolver.prototype]
  for (const [index, owner] of owners.entries()) {
    const later = index > 1
    for (const name of Object.getOwnPropertyNames(owner).filter(each => ask.test(each))) {
      replace(owner, name, (...input: unknown[]) => {
        const error = refusal(`look ${input[0]} up`)
        if (later) return Promise.reject(error)
        const tell = input.at(-1)
        if (typeof tell === 'function') process.nextTick(() => tell(error))
      })
    }
  }
  replace(dns, 'lookup', (...input: unknown[]) => {
    if (isKnown(input[0])) return lookUp(...input)
    const tell = input.at(-1)
    if (typeof tell === 'function') process.nextTick(() => tell(refusal(`look ${input[0]} up`)))
  })
  replace(dns.promises, 'lookup', async (...input: unknown[]) => {
    if (isKnown(input[0])) return lookUpLater(...input)
    throw refusal(`look ${input[0]} up`)
  })

  refuse(net.Server.prototype, 'listen', 'listen')
  for (const name of ['bind', 'connect', 'send']) refuse(datagrams.Socket.prototype, name, 'send datagrams')

  const kill = process.kill.bind(process)
  replace(process, 'kill', (pid: number, signal?: string | number) => {
    if (pid !== process.pid) throw refusal(`send a signal to process ${pid}`)
    return kill(pid, signal)
  })

  return endpoint => {
    port = Number(new URL(endpoint).port)
  }
}
