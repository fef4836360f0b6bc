const HEAD =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">';

/** No script or style of these pages comes from anywhere else, and none stands in the page: the CSP forbids both. */
export const SWAGGER_PAGE = `${HEAD}<title>Modelyard API</title>
<link rel="stylesheet" href="/api/docs/assets/swagger-ui.css">
<link rel="icon" type="image/png" href="/api/docs/assets/favicon-32x32.png"></head>
<body><div id="swagger-ui"></div>
<script src="/api/docs/assets/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script></body></html>
`;

/** `persistAuthorization` keeps the key in this browser, so that a reload does not ask for it again. */
export const SWAGGER_START = `window.ui = SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  displayRequestDuration: true,
  persistAuthorization: true,
  tryItOutEnabled: true,
});
`;

export const REDOC_PAGE = `${HEAD}<title>Modelyard API reference</title></head>
<body style="margin:0"><redoc spec-url="/api/openapi.json" disable-search="false" hide-download-button="false"></redoc>
<script src="/api/redoc/assets/redoc.standalone.js"></script></body></html>
`;

export const LANDING_PAGE = `${HEAD}<title>Modelyard</title>
<link rel="icon" type="image/png" href="/api/docs/assets/favicon-32x32.png">
<style>
body { font: 16px/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; color: #1c2430; background: #fff }
h1 { font-size: 1.6rem } a { color: #0b5cad } code { background: #f1f3f5; padding: .1em .3em; border-radius: 3px }
@media (prefers-color-scheme: dark) { body { color: #e6e9ee; background: #14181f } a { color: #7ab8ff } code { background: #232a34 } }
</style></head>
<body><h1>Modelyard</h1>
<p>Trains, tracks, registers and serves classifiers.</p>
<ul>
<li><a href="/api/docs">API, to try out</a> (Swagger UI)</li>
<li><a href="/api/redoc">API, to read</a> (ReDoc)</li>
<li><a href="/api/openapi.json">API, for programs</a> (OpenAPI)</li>
<li><a href="/health">Health</a></li>
</ul>
<p>Every request needs an API key: <code>Authorization: Bearer &lt;key&gt;</code>.</p>
</body></html>
`;
