// Whether the page is being printed: then it is laid out for paper.
import { useEffect, useState } from "preact/hooks";

export function usePrinting() {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const media = matchMedia("print");
    const turned = () => setPrinting(media.matches);
    const [before, after] = [() => setPrinting(true), () => setPrinting(false)];
    media.addEventListener("change", turned);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      media.removeEventListener("change", turned);
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  return printing;
}
