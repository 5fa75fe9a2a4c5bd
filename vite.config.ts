import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

/** Preact behind React's names. Empty this object (and install React) to run on React itself. */
const REACT = {
  "react/jsx-runtime": "preact/jsx-runtime",
  "react-dom/client": "preact/compat/client",
  "react-dom": "preact/compat",
  react: "preact/compat",
};

export default defineConfig({
  root: "dashboard",
  base: "/app/",
  plugins: [tailwindcss()],
  resolve: { alias: REACT },
  oxc: { jsx: { runtime: "automatic", importSource: "react" } },
  build: {
    outDir: "../dist/dashboard",
    emptyOutDir: true,
    sourcemap: false,
    // Everything is a file of its own: the page is served without data: or inline sources.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // "use client" means nothing where everything is the client's.
      onwarn: (warning, warn) => warning.code === "MODULE_LEVEL_DIRECTIVE" || warn(warning),
    },
  },
  server: { proxy: { "/v1": "http://127.0.0.1:3000", "/portal": "http://127.0.0.1:3000" } },
});
