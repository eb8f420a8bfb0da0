/** What the scripts lean on; `make scripts` writes protocol.d.ts, the types of what travels, beside. */

type Config = Settings & { addresses: Addresses };

/** The map of territories: `Atlas.map` begins it, `painting`, `moves` and `clicks` are its other methods. */
interface AtlasMap {
  config: Config;
  values: MapValues | null;
  [name: string]: any;
}

interface Window {
  Atlas: any;
  Streamlit: any;
  navigation: any;
}

declare var Atlas: any;
declare var L: any; // Leaflet, its inner names too
