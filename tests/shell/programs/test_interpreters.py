"""What the programs of `interpreters` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
python script.py arg => run python script.py arg · read script.py
python3 -m http.server => run python3 -m http.server
python3 -c 'import os; os.system("id")' => run python3 -c import os; os.system("id") · run id
node -e 'require("fs").readFileSync(".env")' => run node -e require("fs").readFileSync(".env") · read .env
perl -e 'unlink "x"' => run perl -e unlink "x" · write x [delete]
ruby -e 'system("id")' => run ruby -e system("id") · run id
php -r 'readfile(".env");' => run php -r readfile(".env"); · read .env
bash script.sh => run bash script.sh · read script.sh
bash -c 'cat .env' => run bash -c cat .env · run cat .env · read .env
sh -s < install.sh => read install.sh · run sh -s <file:/p/install.sh>
deno run --allow-all x.ts => run deno run --allow-all x.ts · read x.ts
lua -e 'os.execute("id")' => run lua -e os.execute("id") · run id
awk 'BEGIN{system("id")}' => run awk BEGIN{system("id")} · run id
awk '{print $1}' data.txt => run awk {print $1} data.txt · read data.txt
osascript -e 'do shell script "id"' => run osascript -e do shell script "id" · run id
python3 -m timeit -n 5 -s 'import os' "os.system('rm x')" => run python3 -m timeit -n 5 -s import os os.system('rm x') · run rm x · write x [delete]
"""
)
