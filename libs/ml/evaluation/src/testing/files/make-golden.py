# Golden values for libs/ml/evaluation: scikit-learn 1.9.1, numpy; run: python golden.py
import json, warnings, numpy as np, sklearn
from sklearn.metrics import *
warnings.filterwarnings('ignore')
rng=np.random.default_rng(7)
def softmax(x): e=np.exp(x-x.max(1,keepdims=True)); return (e/e.sum(1,keepdims=True))
def r(x,nd=9): return round(float(x),nd)
def case(name,P,y,bins=10):
    P=np.asarray(P,dtype=np.float32); y=np.asarray(y); k=P.shape[1]; pred=P.argmax(1)
    p,rec,f,s=precision_recall_fscore_support(y,pred,labels=range(k),zero_division=0)
    avg={a: [r(v) for v in precision_recall_fscore_support(y,pred,average=a,zero_division=0)[:3]] for a in ('macro','micro','weighted')}
    auc=[ (r(roc_auc_score(y==c,P[:,c].astype(float))) if 0<(y==c).sum()<len(y) else None) for c in range(k)]
    d=[a for a in auc if a is not None]
    conf=P.max(1).astype(float); ok=(pred==y)
    # ECE by its definition, with numpy.digitize(right=True): bins are (lo, hi]
    edges=np.linspace(0,1,bins+1); b=np.clip(np.digitize(conf,edges[1:-1],right=True),0,bins-1)
    ece=sum((b==i).mean()*abs(ok[b==i].mean()-conf[b==i].mean()) for i in range(bins) if (b==i).any())
    return dict(name=name,probabilities=[[float(f'{v:.9g}') for v in row] for row in P.tolist()],labels=y.tolist(),accuracy=r(accuracy_score(y,pred)),
      precision=[r(v) for v in p],recall=[r(v) for v in rec],f1=[r(v) for v in f],support=s.tolist(),**avg,
      confusionMatrix=confusion_matrix(y,pred,labels=range(k)).tolist(),rocAuc=auc,rocAucMacro=(r(np.mean(d)) if d else None),
      logLoss=r(log_loss(y,P,labels=range(k)),7),ece=r(ece))
y=rng.integers(0,3,40); L=rng.normal(size=(40,3)); L[np.arange(40),y]+=1.2
cases=[case('random',softmax(L),y)]
y=rng.integers(0,4,40); P=np.round(softmax(rng.normal(size=(40,4))+np.eye(4)[y])*5)+0.2; P/=P.sum(1,keepdims=True)
cases.append(case('many ties',P,y))
y=rng.choice([0,1,3],30); cases.append(case('a class absent among the labels',softmax(rng.normal(size=(30,4))+1.5*np.eye(4)[y]),y))
y=rng.choice([0,2],20); L=rng.normal(size=(20,4))+3*np.eye(4)[y]; L[:,1]-=20; cases.append(case('a class neither labelled nor predicted',softmax(L),y))
cases.append(case('one class only',softmax(rng.normal(size=(12,3))),np.ones(12,int)))
y=rng.integers(0,3,15); P=np.eye(3)[y]; cases.append(case('perfect and certain',P,y))
cases.append(case('certain and always wrong',np.eye(3)[(y+1)%3],y))
cases.append(case('equal probabilities',np.full((9,3),1/3),[0,1,2]*3))
y=rng.integers(0,2,50); L=rng.normal(size=(50,2)); L[np.arange(50),y]+=1; cases.append(case('two classes',softmax(L),y))
print(json.dumps({'madeBy':f'scikit-learn {sklearn.__version__}, numpy {np.__version__}; see make-golden.py','cases':cases},separators=(',',':')))
