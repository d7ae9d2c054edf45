/** What reaches a container over HTTP. Header names are in lower case. */
export interface AppRequest {
  method: string
  /** Path and query. */
  path: string
  headers: Readonly<Record<string, string>>
  body?: string
}

export interface AppAnswer {
  status: number
  /** In lower case; of `set-cookie` there may be several. */
  headers: Record<string, string | string[]>
  body: string
}

/** A JSON answer. */
export function json(status: number, body: unknown): AppAnswer {
  return {status, headers: {'content-type': 'application/json'}, body: JSON.stringify(body)}
}

/** A page. */
export function html(status: number, title: string): AppAnswer {
  return {
    status,
    headers: {'content-type': 'text/html; charset=utf-8'},
    body: `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
  }
}

/** The path without its query. */
export function pathOf(request: AppRequest): string {
  return request.path.split('?')[0] ?? '/'
}
